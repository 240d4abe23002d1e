import type { Ink } from '../../render/text/ink.ts'

/** A page breaks its lines itself, and colours by classes. */
export const pageInk: Ink = { color: false, unicode: true, width: Number.MAX_SAFE_INTEGER }
