// Node strips types but does not know JSX. This loader turns `.tsx` (and nothing else) into JavaScript;
// `.ts` stays with Node, so that syntax that cannot be erased is refused where it stands.
import { readFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import { transformSync } from "oxc-transform";

registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(".tsx")) return nextLoad(url, context);
    const path = fileURLToPath(url);
    const { code, errors } = transformSync(path, readFileSync(path, "utf8"), {
      jsx: { runtime: "automatic", importSource: "hono/jsx" },
      sourcemap: false,
    });
    const [error] = errors;
    if (error) throw new SyntaxError(`${path}: ${error.message}`);
    return { format: "module", source: code, shortCircuit: true };
  },
});
