import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm6416k48: Layout = arm64Layout({
  id: 'arm64-16k-48',
  title: 'arm64, 16 KiB pages, VA_BITS=48: 4 levels',
  pageShift: 14,
  addressBits: 48,
  autoBits: 47,
})
