import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { BanyanError } from "@banyan/app-common";
import { z } from "zod";

/** A real system whose contracts the repository carries. */
export interface System {
  /** Its id: the name of its scenario's file. */
  readonly id: string;
  /** The module under which it is listed: the folder of its scenario. */
  readonly module: string;
  /** The name it goes by. */
  readonly name: string;
  /** What it is, in English. */
  readonly gist: string;
  /** Every module whose contracts its scenario plays, its own among them. */
  readonly modules: readonly string[];
  /** The one thing that it must show. */
  readonly shows: string;
  /** Its scenario, relative to the folder of the systems. */
  readonly scenario: string;
}

const LIST = "systems.json";
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "is not in kebab case");
const text = z
  .string()
  .trim()
  .min(1, "is empty")
  .regex(/^[^\n]*$/, "has more than one line");
const listSchema = z.array(
  z.strictObject({ id: slug, name: text, gist: text, modules: z.array(slug).min(1), shows: text }),
);

/**
 * Reads the lists `<module>/systems.json`.
 *
 * @param folder - the folder of the systems
 * @returns every system, by module and in the order of its list
 * @throws BanyanError `SYSTEMS_LIST_INVALID` when a list cannot be read, or a system is listed twice
 */
export function readSystems(folder: string): readonly System[] {
  const lists = globSync(`*/${LIST}`, { cwd: folder }).sort();
  const systems = lists.flatMap((list) => readList(folder, list));
  const byId = new Map<string, System>();
  for (const system of systems) {
    const other = byId.get(system.id);
    if (other !== undefined) {
      throw new BanyanError(
        "SYSTEMS_LIST_INVALID",
        `"${system.id}" is listed under ${other.module} and ${system.module}`,
        {
          cure: "List a system once, under the module that it is about; name the others in its modules.",
        },
      );
    }
    byId.set(system.id, system);
  }
  return systems;
}

/**
 * Holds the lists against the scenarios beside them.
 *
 * @param folder - the folder of the systems
 * @param systems - what {@link readSystems} read there
 * @throws BanyanError `SYSTEM_SCENARIO_MISSING` when an entry has no scenario or the file plays another system, `SYSTEM_NOT_LISTED` when a
 * scenario has no entry
 */
export function requireScenarios(folder: string, systems: readonly System[]): void {
  for (const system of systems) requireScenario(folder, system);
  requireEntries(folder, new Set(systems.map(({ scenario }) => scenario)));
}

function readList(folder: string, list: string): readonly System[] {
  const module = dirname(list);
  const fault = (what: string, cause?: unknown) =>
    new BanyanError("SYSTEMS_LIST_INVALID", `${list}: ${what}`, {
      cure: 'Write a JSON list of {"id","name","gist","modules","shows"}, each text on one line.',
      cause,
    });
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(join(folder, list), "utf8"));
  } catch (cause) {
    throw fault("is not JSON", cause);
  }
  const { data, error } = listSchema.safeParse(json);
  if (data === undefined) {
    const [issue] = error.issues;
    throw fault(`${issue?.path.join(".")} ${issue?.message}`, error);
  }
  return data.map((entry) => {
    if (!entry.modules.includes(module))
      throw fault(`the modules of "${entry.id}" lack ${module}, under which it is listed`);
    return { ...entry, module, scenario: `${module}/${entry.id}.test.ts` };
  });
}

function requireScenario(folder: string, { id, scenario }: System): void {
  const path = join(folder, scenario);
  const problem = !existsSync(path)
    ? "there is no such file"
    : readFileSync(path, "utf8").includes(`system("${id}", `)
      ? undefined
      : `it does not begin with system("${id}", …)`;
  if (problem === undefined) return;
  throw new BanyanError("SYSTEM_SCENARIO_MISSING", `"${id}" is listed without its scenario ${scenario}: ${problem}`, {
    cure: `Write the scenario with system("${id}", …), or take the entry out of the list.`,
  });
}

function requireEntries(folder: string, listed: ReadonlySet<string>): void {
  for (const file of globSync("**/*.test.ts", { cwd: folder }).sort()) {
    const scenario = file.replaceAll("\\", "/");
    if (listed.has(scenario)) continue;
    throw new BanyanError("SYSTEM_NOT_LISTED", `the scenario ${scenario} belongs to no listed system`, {
      cure: `Add "${basename(scenario, ".test.ts")}" to ${dirname(scenario)}/${LIST}, or name the file after the system's id.`,
    });
  }
}
