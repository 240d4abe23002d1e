import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm6416k52: Layout = arm64Layout({
  id: 'arm64-16k-52',
  title: 'arm64, 16 KiB pages, VA_BITS=52 with LPA2: 4 levels',
  pageShift: 14,
  addressBits: 52,
  autoBits: 46,
})
