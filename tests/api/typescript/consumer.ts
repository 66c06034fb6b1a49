// Reads the demonstration manual at the address given, with the generated types alone,
// and prints what it found as JSON. tests/api/test_typescript.py compiles and runs it.

import type { components, paths } from "./schema";

type Unit = components["schemas"]["UnitDetail"];
type Answer<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

declare const process: { argv: string[] };

const site = process.argv[2] ?? "";
const edition = "/api/v1/manuals/{slug}/editions/{label}" as const;

async function read<Path extends keyof paths>(
  path: Path,
  places: Record<string, string> = {},
  query: Record<string, string> = {},
): Promise<Answer<Path>> {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => places[name] ?? name);
  const answer = await fetch(`${site}${address}?${new URLSearchParams(query)}`, {
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) {
    throw new Error(`${address}: ${answer.status}`);
  }
  return (await answer.json()) as Answer<Path>;
}

const current = { slug: "demo", label: "current" };
const editions = await read("/api/v1/manuals/{slug}/editions/", current);
const tree = await read(`${edition}/tree/`, current);
const units = await read(`${edition}/units/`, current, { page_size: "5" });
const code: string = units.results[0]?.code ?? "";
const unit: Unit = await read(`${edition}/units/{code}/`, { ...current, code });
const objective: string | null = unit.objective;
const functions = await read(`${edition}/functions/`, current);
const compared = await read("/api/v1/manuals/{slug}/compare/{old}/{new}/", {
  slug: "demo",
  old: "2021",
  new: "current",
});
const found = await read("/api/v1/search/", {}, { q: "registro", manual: "demo" });
const changes = await read("/api/v1/changes/", {}, { manual: "demo", limit: "2" });
const last: number = changes.cursor;

console.log(
  JSON.stringify({
    editions: editions.results.map((one) => one.edition.label),
    root: tree.root?.code ?? null,
    units: units.count,
    unit: unit.key,
    objective,
    functions: functions.count,
    compared: compared.units.length,
    found: found.count,
    more: changes.more,
    last,
  }),
);
