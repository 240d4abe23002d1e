import type { TestedElsewhere } from './tested-elsewhere.ts'

export const space: TestedElsewhere = {}
