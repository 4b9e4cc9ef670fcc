import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { LogBroken } from "./log-broken.ts";
import { type NoteVerifier, openNote } from "./signed-note.ts";

/**
 * The checkpoint in a signed note. The name of the key has to be the log's origin: otherwise whoever holds the key
 * could show one log to some and another, under another origin, to others. Throws LogBroken.
 */
export function openCheckpoint(note: string, verifier: NoteVerifier): Checkpoint {
  const checkpoint = parseCheckpoint(openNote(note, verifier));
  if (checkpoint.origin === verifier.name) return checkpoint;
  const message = `The checkpoint is of the log «${checkpoint.origin}», but the key is that of «${verifier.name}».`;
  throw new LogBroken("other-log", message);
}
