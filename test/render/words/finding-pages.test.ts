import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { docsAddress, pageAddress } from '../../../src/render/words/finding-pages.ts'
import { everyFinding } from '../every-finding.ts'

it('names the page of every finding, and each page exists', () => {
  const addresses = new Set(everyFinding.map(pageAddress))
  expect(addresses.size).toBeGreaterThan(20)
  for (const address of addresses) {
    expect(address.startsWith(`${docsAddress}/`)).toBe(true)
    const path = address.slice(docsAddress.length + 1)
    expect(existsSync(join(import.meta.dirname, '../../../docs', path)), path).toBe(true)
  }
})
