import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm6416k47: Layout = arm64Layout({
  id: 'arm64-16k-47',
  title: 'arm64, 16 KiB pages, VA_BITS=47, or 52 without LPA2: 3 levels',
  pageShift: 14,
  addressBits: 47,
  autoBits: 46,
})
