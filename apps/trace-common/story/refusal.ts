import { createExplanation } from "@banyan/app-common/story";
import { type AnyError, decodeAnyError, errorGuide } from "../client/index.ts";
import { showCode } from "../epcis/index.ts";
import chinese from "../words/refusals.zh.json" with { type: "json" };

/** The custom error behind a failure, if a contract refused. */
export function refusalOf(error: unknown): AnyError | undefined {
  return decodeAnyError(error);
}

/** Turns what an event threw into an error with a cure. */
export const explain = createExplanation({ refusalOf, english: errorGuide, chinese, show: showCode });
