// json-server in memory: with a file it would write all of it again for each request.
module.exports = () => ({ groups: [{ id: 1, name: "x", flag: 0 }] });
