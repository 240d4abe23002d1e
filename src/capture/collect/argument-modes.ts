/**
 * How much of the command lines of processes is collected: `needed` is the program, its role and its
 * data directory, which is all that a capture makes of it.
 */
export const argumentModes = ['needed', 'all', 'none'] as const
export type ArgumentMode = (typeof argumentModes)[number]
