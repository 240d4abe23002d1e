import { expect, it } from 'vitest'
import { readComposeSize, readQuantity } from '../../../src/importers/manifests/amounts.ts'

it.each([
  ['16Gi', 16 * 2 ** 30],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['2G', 2e9],
  ['512Mi', 512 * 2 ** 20],
  ['128974848', 128_974_848],
  ['1e9', 1e9],
  ['1500m', 2],
])('Kubernetes reads %s as %d bytes', (text, bytes) => {
  expect(readQuantity(text)).toBe(bytes)
})

it.each(['', 'Gi', '16 Gi', '-1Gi', '16GB', '0', '9999999999999Pi', '1e99'])(
  'Kubernetes does not take %j, or it is no amount of memory',
  (text) => {
    expect(readQuantity(text)).toBeUndefined()
  },
)

it('Compose counts in powers of two, whatever the letters', () => {
  expect(['12g', '12GB', '512m', '1kb', '7'].map(readComposeSize)).toEqual([
    12 * 2 ** 30,
    12 * 2 ** 30,
    512 * 2 ** 20,
    1024,
    7,
  ])
  expect(['', 'g', '1Gi', '1tb', '0'].map(readComposeSize)).toEqual(Array(5).fill(undefined))
})
