// Gives programs built for Node the variables of the process: getenv() is empty otherwise.
Module['preRun'] = function () {
  Object.assign(ENV, process.env);
};
