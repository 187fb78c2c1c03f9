// The part of autocannon that the benchmarks use; the package brings no types.
declare module 'autocannon' {
  namespace autocannon {
    interface Request { path?: string; method?: string; headers?: Record<string, string>; body?: string; setupRequest?: (request: Request) => Request }
    interface Options { url: string; connections: number; duration: number; overallRate?: number; requests: Request[] }
    interface Result { duration: number; errors: number; timeouts: number; non2xx: number; '2xx': number; latency: { p50: number; p99: number }; throughput: { total: number } }
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>;
  export = autocannon;
}
