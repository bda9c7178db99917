/** Modules that the bundler makes. */
declare module '*.css'
/** Each route's method and path, from the route table (vite.config.ts): the schemas themselves stay out of the browser. */
declare module 'virtual:addresses' {
  export const addresses: Record<string, { method: string; path: string }>
}
