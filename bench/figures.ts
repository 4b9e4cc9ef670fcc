import type { DecideRates } from "./decide-rate.ts";
import type { measureFormRate } from "./form-rate.ts";
import type { measureGateRate } from "./gate-rate.ts";
import type { measureLedger } from "./ledger-rate.ts";
import type { measureLookupRate } from "./lookup-rate.ts";
import type { measureRewrapRate } from "./rewrap-rate.ts";
import type { measureSequencing } from "./sequence-rate.ts";
import { type Figures, list, median, medianRatio } from "./report.ts";

// What each measurement measured, as rows and sentences of RESULTS.md.

type Measured<Measure extends (...given: never) => Promise<unknown>> = Awaited<ReturnType<Measure>>;

export function startFigures(firstStartMs: number, startMs: number, memoryMb: number): Figures {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
  return {
    rows: [
      { what: "first page after `npm start`, data there", measured: seconds(startMs), wanted: "at most 3 s" },
      { what: "first page after `npm start`, data made anew", measured: seconds(firstStartMs), wanted: "–" },
      { what: "Node's resident memory, idle", measured: `${memoryMb.toFixed(0)} MB`, wanted: "at most 150 MB" },
    ],
  };
}

export function formFigures(rates: Measured<typeof measureFormRate>): Figures {
  const ratio = medianRatio(rates.formsPerSecond, rates.insertsPerSecond);
  return {
    rows: [
      {
        what: `form submissions per bare durable INSERT, ${rates.connections} connections`,
        measured: ratio.toFixed(2),
        wanted: "at least 0.20",
      },
    ],
    notes: [
      `Form submissions: ${list(rates.formsPerSecond)} per second, end to end over`,
      "HTTP, each a new person with e-mail, four sealed attributes, consents, journal and letter.",
      `Bare INSERT of one row of 1 kB through the same driver: ${list(rates.insertsPerSecond)} per second.`,
      "",
      "Cost grows with the number of purposes a form offers (one consent event each) and not with the number of",
      "people: every look-up goes by a unique index.",
    ],
  };
}

export function gateFigures(rates: Measured<typeof measureGateRate>): Figures {
  return {
    rows: [
      {
        what: `gated readings of four fields per bare durable INSERT, ${rates.connections} connections`,
        measured: medianRatio(rates.readsPerSecond, rates.insertsPerSecond).toFixed(2),
        wanted: "at least 0.33",
      },
    ],
    notes: [
      `Gated readings: ${list(rates.readsPerSecond)} per second, each with its durable journal row.`,
      `Bare INSERT of one row as big as that, ${rates.rowBytes} bytes: ${list(rates.insertsPerSecond)} per second.`,
    ],
  };
}

export function decideFigures({ ours, peers }: DecideRates): Figures {
  const millions = (rate: number) => (rate / 1e6).toFixed(2);
  return {
    rows: [
      {
        what: "gate decisions (`decideUse`) on one core",
        measured: `${millions(median(ours))} million/s`,
        wanted: "at least 2 million/s",
      },
      ...peers.map(({ name, perSecond }) => ({
        what: `gate decisions per decision of ${name}, same rules`,
        measured: medianRatio(ours, perSecond).toFixed(0),
        wanted: "at least 20",
      })),
    ],
    notes: [
      `Gate decisions: ${ours.map(millions).join(", ")} million per second of processor time.`,
      ...(peers.length > 0
        ? [
            ...peers.map(({ name, perSecond }) => `${name}: ${list(perSecond)} per second of the same.`),
            "All answer the same random questions, about half of them allowed, and agreed on every one before the",
            "timing. The peers are asked in their quickest way, with questions already in their form, and only for yes",
            "or no. Both can name the rule behind a yes; of a no they name nothing, where every answer of `decideUse`",
            "has its reason and its clause.",
          ]
        : ["The peers, Cedar and Casbin, could not be installed in this run; their rows are left out."]),
    ],
  };
}

export function ledgerFigures(rates: Measured<typeof measureLedger>): Figures {
  return {
    rows: [
      {
        what: "ledger entries verified, in memory",
        measured: perSecond(rates.verifyPerSecond),
        wanted: "at least 200,000/s",
      },
      { what: "ledger entries put into the tree, in memory", measured: perSecond(rates.extendPerSecond), wanted: "–" },
    ],
  };
}

export function sequencingFigures({ entriesPerSecond }: Measured<typeof measureSequencing>): Figures {
  return {
    rows: [
      {
        what: "journal entries taken into the ledger, durably",
        measured: perSecond(entriesPerSecond),
        wanted: "at least 10,000/s",
      },
    ],
  };
}

export function rewrapFigures({ keysPerSecond, linksPerSecond, people }: Measured<typeof measureRewrapRate>): Figures {
  return {
    rows: [
      {
        what: `keys re-wrapped by a whole rotation, ${people.toLocaleString("en")} people`,
        measured: perSecond(median(keysPerSecond)),
        wanted: "at least 20,000/s",
      },
    ],
    notes: [
      `Keys re-wrapped: ${list(keysPerSecond)} per second, on a durable PostgreSQL of their own. A rotation also seals the links\n` +
        `between people and journal entries anew: ${list(linksPerSecond)} of them per second.`,
    ],
  };
}

export function lookupFigures({ entriesPerSecond, people }: Measured<typeof measureLookupRate>): Figures {
  return {
    rows: [
      {
        what: `entries put under a new look-up key by a whole rotation, ${people.toLocaleString("en")} people`,
        measured: perSecond(median(entriesPerSecond)),
        wanted: "at least 10,000/s",
      },
    ],
    notes: [`Entries put under a new look-up key: ${list(entriesPerSecond)} per second, on a durable PostgreSQL of their own.`],
  };
}

/** To the nearest hundred: the digits below it differ from run to run. */
function perSecond(rate: number): string {
  return `${(Math.round(rate / 100) * 100).toLocaleString("en")}/s`;
}
