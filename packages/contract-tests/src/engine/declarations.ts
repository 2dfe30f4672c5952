import type { CapabilityDeclaration, Contract, ContractOptions, Subject } from "./contract.ts";

/** What keeps an adapter from being CONFORMANT without limits. */
export interface Limit {
  readonly capability: string;
  readonly reason: string;
}

/**
 * Are the capabilities of the contract declared, all of them and no others? The compiler asks the same; this is for callers without one.
 *
 * @throws {TypeError} with the words to add.
 */
export const requireDeclarations = <Tested extends Subject<unknown>, Name extends string>(
  contract: Contract<Tested, Name>,
  options: ContractOptions<Tested, Name>,
): void => {
  const declared = new Map(Object.entries<CapabilityDeclaration>(options.capabilities ?? {}));
  const complain = (problem: string): never => {
    throw new TypeError(`${contract.id}, adapter "${options.name}": ${problem}`);
  };
  for (const name of Object.keys(contract.capabilities)) {
    const declaration = declared.get(name);
    declared.delete(name);
    if (declaration === true || (typeof declaration?.unsupported === "string" && declaration.unsupported.trim() !== ""))
      continue;
    complain(
      `the capability "${name}" is not declared. Add to \`capabilities\`: \`${name}: true\`, or \`${name}: { unsupported: "<why>" }\`.`,
    );
  }
  for (const name of declared.keys())
    complain(`there is no capability "${name}" in this contract. Remove it from \`capabilities\`.`);
};

/** What is declared unsupported, in the order of the contract. */
export const limitsOf = <Tested extends Subject<unknown>, Name extends string>(
  contract: Contract<Tested, Name>,
  options: ContractOptions<Tested, Name>,
): readonly Limit[] =>
  (Object.keys(contract.capabilities) as Name[]).flatMap((capability) => {
    const declaration: CapabilityDeclaration = options.capabilities[capability];
    return declaration === true ? [] : { capability, reason: declaration.unsupported };
  });
