import { errorGuide } from "@banyan/trace-common/client";
import chinese from "../../../apps/trace-common/words/refusals.zh.json" with { type: "json" };
import { describeWords } from "../../helpers/expect-words.ts";

describe("the refusals of the contracts of traceability and devices in both languages", () => {
  describeWords({ folders: ["common", "devices", "traceability"], english: errorGuide, chinese });
});
