import { code, page, prose, table } from "./markdown.ts";
import { ADMIN_ROLE, type RoleMatrix } from "./role-matrix.ts";

/** The role matrix of every app. */
export function rolePage(matrices: readonly RoleMatrix[]): string {
  return page(
    "# Roles / 角色",
    "Read from the AccessManager of each app, deployed on a fresh chain by the app's own deployment. Who owns a record (a merchant, a holder) is not a role: the contract's page says it.",
    "由各应用自身的部署程序在新链上部署后，从其 AccessManager 读出。记录的所有者（商家、持卡人）不是角色，见各合约页面。",
    ...(matrices.length === 0 ? ["No app is deployed yet. / 尚无已部署的应用。"] : matrices.map(appSection)),
  );
}

/** Differences between what the documentation says and what the chain does. */
export function roleProblems(matrices: readonly RoleMatrix[]): string[] {
  return matrices.flatMap(({ app, roles, functions }) => {
    const labelOf = (id: bigint): string => roles.find((role) => role.id === id)?.label ?? `${id}`;
    return functions.flatMap(({ contract, signature, roleId, documentedCaller, restricted }) => {
      const place = `${app}: ${contract}.${signature}`;
      const documented = documentedRole(documentedCaller ?? "");
      if (documented !== undefined && documented !== labelOf(roleId) && restricted) {
        return [`${place} is documented for ${documented}, but deployed for ${labelOf(roleId)}`];
      }
      if (roleId === ADMIN_ROLE && documented !== "ADMIN") return [`${place} is restricted, but wired to no role`];
      return [];
    });
  });
}

/** The one role that a text names: `CUSTODIAN`, `PREPAID_LEDGER (PrepaidCards)` or `PrepaidCards (Roles.PREPAID_LEDGER)`. */
function documentedRole(caller: string): string | undefined {
  const named = [...caller.matchAll(/Roles\.([A-Z][A-Z_]*)/g)].map(([, label]) => label);
  if (named.length > 0) return named.length === 1 ? named[0] : undefined;
  return /^([A-Z][A-Z_]+)(?: \(.*\))?$/.exec(caller)?.[1];
}

function appSection({ app, roles, functions }: RoleMatrix): string {
  const labelOf = (id: bigint): string => roles.find((role) => role.id === id)?.label ?? `${id}`;
  return page(
    `## ${app}`,
    "### Roles and holders / 角色与持有者",
    table(
      ["Id", "Role / 角色", "Granted by / 授予者", "Guardian / 监护", "Holders / 持有者"],
      roles.map(({ id, label, admin, guardian, holders }) => [
        `${id}`,
        label,
        admin,
        guardian,
        holders.map(code).join(", "),
      ]),
    ),
    "### Functions / 函数",
    table(
      [
        "Contract / 合约",
        "Function / 函数",
        "Selector / 选择器",
        "Role / 角色",
        "Caller as documented / 文档所述调用者",
      ],
      functions.map(({ contract, signature, selector, roleId, documentedCaller }) => [
        contract,
        code(signature),
        code(selector),
        labelOf(roleId),
        prose(documentedCaller),
      ]),
    ),
  );
}
