-- The server ends with the editor, however that ends: SERVER=… nvim --headless -l ends.lua
package.path = vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)) .. '/?.lua;' .. package.path
local t = require('checks')
local rig = require('rig')
local check, wait_for = t.check, t.wait_for

local socket = t.work .. '/editor.socket'

--- An editor of its own with an org file open, and the process id of its server.
local function start_editor()
  local file = t.work .. '/lone.sforg.json'
  vim.fn.writefile({ '{ "name": "Lone" }' }, file)
  local script = t.work .. '/editor.lua'
  vim.fn.writefile({
    "vim.lsp.enable('sforg')",
    ('vim.cmd.edit(%q)'):format(file),
    "vim.wait(20000, function() local c = vim.lsp.get_clients({ name = 'sforg' })[1] return c and c.initialized end, 20)",
    "io.stdout:write(table.concat(vim.api.nvim_get_proc_children(vim.fn.getpid()), ' ') .. '\\n')",
    'io.stdout:flush()',
  }, script)
  local output = ''
  local process = vim.system(
    {
      vim.v.progpath,
      '--clean',
      '--headless',
      '--listen',
      socket,
      '--cmd',
      'set rtp^=' .. t.root .. '/editors/nvim',
      '-c',
      'luafile ' .. script,
    },
    {
      text = true,
      stdout = function(_, data)
        output = output .. (data or '')
      end,
    }
  )
  wait_for('an editor runs a server', function()
    return output:find('%d+\n')
  end)
  return process, tonumber(output:match('^(%d+)\n'))
end

local function is_alive(pid)
  return vim.uv.kill(pid, 0) == 0
end

local function server_ends_after(what, finish)
  local editor, server = start_editor()
  if not check(server and is_alive(server), 'exactly one server', server) then
    editor:kill('sigkill')
    return
  end
  finish(editor)
  editor:wait(20000)
  wait_for('the server is gone after ' .. what, function()
    return not is_alive(server)
  end)
end

t.run(function()
  t.load_plugin()
  rig.install_server()
  server_ends_after(':qa', function()
    vim.rpcnotify(vim.fn.sockconnect('pipe', socket, { rpc = true }), 'nvim_command', 'qa!')
  end)
  server_ends_after('the editor was killed', function(editor)
    editor:kill('sigkill')
  end)
end)
