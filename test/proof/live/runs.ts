/** About so many cases in all: three fifths on base pages, the rest on huge ones of all kinds. */
export const runs: number = Number(process.env['MSHARE_ORACLE_RUNS'] ?? 500)

const seed = process.env['MSHARE_ORACLE_SEED']

/** For fast-check: the seed asked for, or a new one. */
export const seeded: { readonly seed?: number } = seed === undefined ? {} : { seed: Number(seed) }

/** A scenario file to measure again, instead of drawn cases. */
export const scenario: string | undefined = process.env['MSHARE_ORACLE_SCENARIO']
