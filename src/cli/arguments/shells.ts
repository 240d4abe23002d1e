/** The shells that `completion` prints a script for. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** The command by which the scripts ask for candidates; help does not show it. */
export const asking = '__complete'
