import type { BuildInfo } from "./build-info.ts";
import type { StackTracer } from "./stack-tracer.ts";

/** Gives the stack tracer of a set of builds; the same one every time. */
export type StackTracerLoader = () => Promise<StackTracer>;

/**
 * Makes the loader of a stack tracer. Neither it nor the builds are loaded before the first failure; one loader can serve many chains.
 * @param builds runs of the compiler (of equal bytecodes the last one counts), or what lists them; what they hold is read when the first
 * failure is explained
 */
export function stackTracerOf(builds: Iterable<BuildInfo> | (() => Promise<Iterable<BuildInfo>>)): StackTracerLoader {
  let loading: Promise<StackTracer> | undefined;
  async function load(): Promise<StackTracer> {
    const { createStackTracer } = await import("./stack-tracer.ts");
    return createStackTracer(typeof builds === "function" ? await builds() : builds);
  }
  return () => {
    loading ??= load();
    return loading;
  };
}
