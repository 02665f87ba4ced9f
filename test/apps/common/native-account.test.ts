import { createNativeAccount } from "@banyan/app-common/app";
import { expect } from "chai";
import fc from "fast-check";
import { toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const privateKey = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .filter((key) => key.some((byte) => byte !== 0) && (key[0] ?? 0) < 0xff);

const TYPED_DATA = {
  domain: { name: "Sample", version: "1", chainId: 31337 },
  types: { Order: [{ name: "card", type: "uint256" }] },
  primaryType: "Order",
} as const;

describe("accounts that sign natively", () => {
  it("given any key, when messages, typed data, hashes and transactions are signed, then the bytes are those of viem's account", async () => {
    await fc.assert(
      fc.asyncProperty(privateKey, fc.bigInt({ min: 0n, max: 2n ** 200n }), async (key, number) => {
        const native = createNativeAccount(key);
        const reference = privateKeyToAccount(toHex(key));
        const transaction = {
          type: "eip1559",
          chainId: 31337,
          nonce: 7,
          gas: 21_000n,
          maxFeePerGas: number % 10n ** 20n,
          value: number,
          to: reference.address,
        } as const;
        const order = { ...TYPED_DATA, message: { card: number } };
        expect(native.address).to.equal(reference.address);
        expect(native.publicKey).to.equal(reference.publicKey);
        expect(await native.signMessage({ message: String(number) })).to.equal(
          await reference.signMessage({ message: String(number) }),
        );
        expect(await native.signTypedData(order)).to.equal(await reference.signTypedData(order));
        expect(await native.signTransaction(transaction)).to.equal(await reference.signTransaction(transaction));
        expect(await native.sign?.({ hash: toHex(number, { size: 32 }) })).to.equal(
          await reference.sign({ hash: toHex(number, { size: 32 }) }),
        );
      }),
      { numRuns: 25 },
    );
  });
});
