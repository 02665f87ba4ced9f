import { expect } from "chai";
import { runRpcFuzz } from "../../../scripts/fuzz-rpc/run-fuzz.ts";

describe("requests that nobody should send", function () {
  this.timeout(120_000);

  it("are answered in good form over HTTP, over WebSocket and in process, and the node lives and stops when told", async () => {
    const { requests, findings, exitCode } = await runRpcFuzz({ requests: 1_200, seed: "first" });
    expect(findings).to.deep.equal([]);
    expect(requests.http).to.be.greaterThan(500);
    expect(requests.websocket).to.be.greaterThan(250);
    expect(requests.process).to.be.greaterThan(250);
    expect(exitCode).to.equal(0);
  });
});
