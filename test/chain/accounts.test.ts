import { expect } from "chai";
import { bytesToHex } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import { deriveAccounts } from "../../chain/src/crypto/accounts.ts";
import { DEFAULT_DERIVATION_PATH, DEFAULT_MNEMONIC } from "../../chain/src/crypto/default-keys.ts";
import { codeOf, testChain } from "./support.ts";

/** The same accounts by viem. */
function expected(
  mnemonic: string,
  path: "m/44'/60'/0'/0" | "m/44'/60'/1'/0",
  count: number,
): { address: string; privateKey: string }[] {
  return Array.from({ length: count }, (_, index) => {
    const account = mnemonicToAccount(mnemonic, { path: `${path}/${index}` });
    return {
      address: account.address.toLowerCase(),
      privateKey: bytesToHex(account.getHdKey().privateKey ?? new Uint8Array()),
    };
  });
}

describe("Unlocked accounts", () => {
  for (const [mnemonic, path, count] of [
    [DEFAULT_MNEMONIC, DEFAULT_DERIVATION_PATH, 20],
    [DEFAULT_MNEMONIC, DEFAULT_DERIVATION_PATH, 22],
    [DEFAULT_MNEMONIC, "m/44'/60'/1'/0", 2],
    ["legal winner thank year wave sausage worth useful legal winner thank yellow", DEFAULT_DERIVATION_PATH, 3],
  ] as const) {
    it(`given ${count} accounts of "${mnemonic.slice(0, 12)}…" at ${path}, addresses and keys are those viem derives`, () => {
      const ours = deriveAccounts(mnemonic, path, count).map(({ address, privateKey }) => ({
        address,
        privateKey: bytesToHex(privateKey),
      }));
      expect(ours).to.deep.equal(expected(mnemonic, path as "m/44'/60'/0'/0", count));
    });
  }

  it("given private keys, their accounts are unlocked and funded", async () => {
    const privateKeys = [new Uint8Array(32).fill(7)];
    const { chain } = testChain({ privateKeys, accountBalance: 5n });
    expect(chain.accounts).to.have.length(1);
    expect(await chain.getBalance(chain.accounts[0] ?? "0x")).to.equal(5n);
    expect(chain.privateKeyOf(chain.accounts[0] ?? "0x")).to.equal(privateKeys[0]);
    expect(chain.privateKeyOf("0x00000000000000000000000000000000000000dd")).to.equal(undefined);
  });

  it("refuses a chain that could take no transaction", async () => {
    expect(await codeOf(() => testChain({ chainId: 0n }))).to.equal("OPTION_INVALID");
    expect(await codeOf(() => testChain({ blockGasLimit: 20_999n }))).to.equal("OPTION_INVALID");
  });
});
