/** Sections below the screen, in their order. */
export const detailNames = [
  'levels',
  'groups',
  'regions',
  'counters',
  'budget',
  'risk',
  'advice',
  'gates',
  'findings',
  'assumptions',
] as const
export type DetailName = (typeof detailNames)[number]
