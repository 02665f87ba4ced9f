import { fileURLToPath } from "node:url";
import { readSystems } from "../../scripts/generate/systems-catalogue.ts";

const catalogue = readSystems(fileURLToPath(new URL("../systems", import.meta.url)));

/**
 * A scenario of a system that the repository carries, titled by the system's id and name.
 *
 * @param id - The id under which `test/systems/<module>/systems.json` lists the system.
 * @param scenario - Declares the tests.
 */
export function system(id: string, scenario: () => void): void {
  const entry = catalogue.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new Error(`No systems.json lists the system "${id}"`);
  describe(`${id}: ${entry.name}`, scenario);
}
