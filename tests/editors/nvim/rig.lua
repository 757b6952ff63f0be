--- The simulator, a copy of the example project that talks to it, and the server under test.
local checks = require('checks')

local M = {}

--- Starts the Salesforce simulator; it ends with Neovim, whose end closes its standard input.
--- @return table hello  what its first line says: httpUrl, accounts and so on
function M.start_simulator()
  local program = assert(vim.env.SIMULATOR, 'set SIMULATOR to the path of the sforg-simulator program')
  local output = ''
  vim.system({ program, '--json', '--until-stdin-closes' }, {
    text = true,
    stdin = true,
    stdout = function(_, data)
      output = output .. (data or '')
    end,
  })
  checks.wait_for('the simulator says where it is', function()
    return output:find('\n', 1, true)
  end)
  return vim.json.decode(output:match('^[^\n]*'))
end

--- The values that the simulator takes for the org of this name.
--- @param hello table  what the simulator said
--- @param name string  the organization's name
function M.account(hello, name)
  for _, account in ipairs(hello.accounts) do
    if account.organizationName == name then
      return account
    end
  end
  error(('the simulator knows no org %q'):format(name))
end

--- `text` with every Salesforce address replaced by the simulator's.
--- @param text string
--- @param origin string
local function towards(text, origin)
  local host = origin:gsub('^http://', '')
  return (text:gsub('https://[%w.-]+%.salesforce%.com', origin):gsub('[%w-]+[%w.-]*%.salesforce%.com', host))
end

--- Copies tests/example-project into `dir`.
--- @param dir string
--- @param origin string  the simulator's
function M.copy_project(dir, origin)
  local source = checks.root .. '/tests/example-project'
  for name, kind in vim.fs.dir(source, { depth = 8 }) do
    if kind == 'directory' then
      vim.fn.mkdir(dir .. '/' .. name, 'p')
    else
      vim.fn.mkdir(vim.fs.dirname(dir .. '/' .. name), 'p')
      local text = table.concat(vim.fn.readfile(source .. '/' .. name, 'b'), '\n')
      vim.fn.writefile(vim.split(towards(text, origin), '\n'), dir .. '/' .. name, 'b')
    end
  end
end

--- Puts the server under test in front of $PATH as `sforg`, which is what the plugin starts.
function M.install_server()
  local server = assert(vim.env.SERVER, 'set SERVER to the path of the sforg program')
  local bin = checks.work .. '/bin'
  vim.fn.mkdir(bin, 'p')
  assert(vim.uv.fs_symlink(vim.fs.abspath(server), bin .. '/sforg'))
  vim.env.PATH = bin .. ':' .. vim.env.PATH
end

return M
