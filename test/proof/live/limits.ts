import { runs } from './runs.ts'

const ordinaryRuns = 500
/** Who asks for more cases than usual waits longer. */
const scale = Math.max(1, runs / ordinaryRuns)

/** In ms. A process that has not answered by then is killed: most answer within a tenth of a second. */
export const askLimit = 30_000

/** In ms. How long another test may keep the settings of the kernel to itself. */
export const lockLimit = 1_200_000

/** In ms. No case of a test starts later; an idle machine needs a fiftieth of it. */
export const casesLimit: number = 900_000 * scale

/** In ms. For a whole test, waiting for the settings apart. */
export const testLimit: number = 1_200_000 * scale

/** In ms. For starting and for ending the processes that measure. */
export const startLimit = 300_000
