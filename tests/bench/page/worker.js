let module;
onmessage = async ({ data }) => {
  try {
    if (data.peer) {
      module = await import(`/build/bench/${data.peer}.js`);
      await module.init(data.options);
      postMessage({ result: true });
    } else postMessage({ result: await module.run(data.file) });
  } catch (error) {
    postMessage({ error: String(error?.stack ?? error).slice(0, 500) });
  }
};
