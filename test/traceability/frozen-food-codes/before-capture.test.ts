import { ascii } from "../../fixtures/common.ts";
import { CLASS_BIT, commission, loadRules, sell, sgtin } from "../../fixtures/trace-rules.ts";
import { expectRevert } from "../../helpers/expect-revert.ts";

const FISH = "06975310000061";

describe("FrozenFoodCodes.beforeCapture", () => {
  it("C-24: given imported frozen food without the province's code, when it is sold by either step of a sale, then it is refused", async () => {
    const { capture, fileProduct, publish, frozen, nowMs } = await loadRules();
    await fileProduct(FISH, "processor", { classes: CLASS_BIT.IMPORTED_FROZEN });
    const fish = sgtin(FISH, "1");
    await capture("processor", commission([fish]));
    await publish("CN", { "trace.frozen.code": 1n });
    for (const step of ["retail_selling", "dispensing"]) {
      const sale = sell([fish], { step, eventTime: await nowMs() });
      await expectRevert(capture("processor", sale), frozen, "FrozenFoodCodesMissing", [fish, ascii("CN-FJ")]);
    }
  });
});
