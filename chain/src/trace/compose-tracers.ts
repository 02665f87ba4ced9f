import type { Tracer } from "../engine/tracer.ts";

/** One tracer that tells several, in their order. A hook that none of them has stays absent and costs nothing. */
export function composeTracers(tracers: readonly Tracer[]): Tracer {
  const [first] = tracers;
  if (tracers.length === 1 && first !== undefined) return first;
  const has = (name: keyof Tracer): boolean => tracers.some((tracer) => tracer[name] !== undefined);
  const composed: Tracer = {};
  if (has("onEnter")) composed.onEnter = (frame) => tracers.forEach((tracer) => void tracer.onEnter?.(frame));
  if (has("onExit")) composed.onExit = (frame) => tracers.forEach((tracer) => void tracer.onExit?.(frame));
  if (has("onStep")) composed.onStep = (step) => tracers.forEach((tracer) => void tracer.onStep?.(step));
  if (has("onDestruction"))
    composed.onDestruction = (end) => tracers.forEach((tracer) => void tracer.onDestruction?.(end));
  if (has("onConsole")) composed.onConsole = (data) => tracers.forEach((tracer) => void tracer.onConsole?.(data));
  if (has("onLog")) composed.onLog = (log, depth) => tracers.forEach((tracer) => void tracer.onLog?.(log, depth));
  if (has("onStorageWrite"))
    composed.onStorageWrite = (write) => tracers.forEach((tracer) => void tracer.onStorageWrite?.(write));
  if (has("onRestart")) composed.onRestart = () => tracers.forEach((tracer) => void tracer.onRestart?.());
  if (has("onBegin")) {
    composed.onBegin = async (what) => {
      for (const tracer of tracers) await tracer.onBegin?.(what);
    };
  }
  return composed;
}
