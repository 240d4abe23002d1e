// What the bundle offers to the launcher, and to the build, which runs it once to fill the cache.
export { main } from './main.ts'
export { nodeWorld } from './node-world.ts'
