/** The package's own types describe another default export than Node and the bundler find; these are the parts we use. */
declare module 'gcoord' {
  type Crs = 'WGS84' | 'GCJ02' | 'BD09' | 'BD09MC';
  const gcoord: {
    readonly WGS84: 'WGS84'; readonly GCJ02: 'GCJ02'; readonly BD09: 'BD09'; readonly BD09MC: 'BD09MC';
    readonly transform: (point: [number, number], from: Crs, to: Crs) => [number, number];
  };
  export = gcoord;
}
