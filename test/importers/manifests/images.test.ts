import { expect, it } from 'vitest'
import { databaseOfImage, releaseOfImage } from '../../../src/importers/manifests/images.ts'

it.each([
  ['postgres:16.3-alpine', '16.3'],
  ['ghcr.io/cloudnative-pg/postgresql:16.2@sha256:0011', '16.2'],
  ['timescale/timescaledb:2.14.2-pg16', '16'],
  ['registry.example:5000/postgres', undefined],
  ['postgres:latest', undefined],
  ['mysql:8.0.36', '8.0.36'],
])('%s is of release %s', (image, release) => {
  expect(releaseOfImage(image)).toBe(release)
})

it('the name of an image says whose it is', () => {
  expect(databaseOfImage('bitnami/postgresql:16')).toBe('postgresql')
  expect(databaseOfImage('registry.example:5000/team/mariadb:11')).toBe('mysql')
  expect(databaseOfImage('example/shop:7')).toBeUndefined()
})
