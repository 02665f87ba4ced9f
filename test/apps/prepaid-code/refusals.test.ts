import { errorGuide } from "../../../apps/prepaid-code/client/index.ts";
import chinese from "../../../apps/prepaid-code/words/refusals.zh.json" with { type: "json" };
import { describeWords } from "../../helpers/expect-words.ts";

describe("the refusals of the contracts of prepayment in both languages", () => {
  describeWords({ folders: ["common", "prepaid"], english: errorGuide, chinese });
});
