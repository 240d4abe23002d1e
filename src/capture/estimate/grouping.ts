/** The properties by which processes are grouped. Of its own: each run reads the command line by it. */
export const groupings = ['executable', 'user', 'cgroup', 'title'] as const
export type Grouping = (typeof groupings)[number]
