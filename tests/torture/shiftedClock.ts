// Loaded before the program (`node --import`): its machine clock jumps by as many milliseconds as it is told to.
const real = Date.now;
let shift = 0;
Date.now = () => real() + shift;
process.on('message', (given: unknown) => {
  if (typeof given !== 'number') return;
  shift = given;
  process.send?.('shifted');
});
process.channel?.unref();
