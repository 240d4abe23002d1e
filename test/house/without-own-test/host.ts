import type { TestedElsewhere } from './tested-elsewhere.ts'

export const host: TestedElsewhere = {}
