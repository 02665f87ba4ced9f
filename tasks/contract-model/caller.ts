import { libraryCallers } from "./library-notes.ts";
import type { FunctionModel } from "./types.ts";

/** Who may call, as the contract's author states it, as the library's documentation has it, or as the code shows it. */
export function callerOf({ name, source, doc, restricted, mutability }: FunctionModel): string {
  if (doc.caller !== undefined) return doc.caller;
  if (restricted) return "whom the AccessManager allows";
  if (mutability === "view" || mutability === "pure") return "anyone";
  return (source?.startsWith("npm/") === true ? libraryCallers[name] : undefined) ?? "not stated";
}
