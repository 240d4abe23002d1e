import { arm64Layout } from './arm64.ts'
import type { Layout } from './layout.ts'

export const arm644k48: Layout = arm64Layout({
  id: 'arm64-4k-48',
  title: 'arm64, 4 KiB pages, VA_BITS=48: 4 levels',
  pageShift: 12,
  addressBits: 48,
  autoBits: 47,
})
