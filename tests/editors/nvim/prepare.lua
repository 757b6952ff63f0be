-- For screen.sh: nvim --headless -l prepare.lua FOLDER ORIGIN copies the example project, directed at the simulator.
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
require('rig').copy_project(arg[1], arg[2])
