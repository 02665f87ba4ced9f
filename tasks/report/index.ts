import { task } from "hardhat/config";

/** `npx hardhat report`: see the description. */
export const reportTask = task(
  "report",
  "Writes docs/reference: per contract who may call what, in which units and with which refusals; the error catalogue; the role matrix of every app as deployed",
)
  .addFlag({
    name: "check",
    description: "Writes nothing; compares with what is committed and exits 1, naming each file that differs",
  })
  .setAction(() => import("./action.ts"))
  .build();
