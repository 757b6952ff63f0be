--- The server's configuration for `vim.lsp.enable('sforg')`. Overrule any of it with `vim.lsp.config('sforg', { … })`.
local settings = require('sforg.settings')

local cmd = { 'sforg', 'lsp' }
for _, host in ipairs(settings.allowed_login_hosts()) do
  vim.list_extend(cmd, { '--allow-login-host', host })
end

--- @type vim.lsp.Config
return {
  cmd = cmd,
  -- Of XML the few files of Design Studio alone, which keep their file type (see root_dir).
  filetypes = { 'salesforce-org', 'xml' },
  root_dir = function(...)
    return require('sforg.design_studio').root_dir(...)
  end,
  -- In this order: the project that governs the file, else the repository. A lone file needs neither.
  root_markers = { 'sforg-project.json', '.git' },
  workspace_required = false,
  reuse_client = function(...)
    return require('sforg.folders').reuse_client(...)
  end,
  init_options = { workspaceTrusted = settings.workspace_trusted() },
  capabilities = {
    workspace = { codeLens = { refreshSupport = true } },
    -- A question that nobody asked for waits until the person comes to it.
    -- What the commands of lenses answer is shown here.
    experimental = { keepsQuestions = true, followsUpCommands = true, sforg = require('sforg.own').TAKES },
  },
  commands = {
    ['sforg.importOrg'] = function(...)
      return require('sforg.design_studio').import(...)
    end,
    ['sforg.showOperations'] = function(...)
      return require('sforg.design_studio').show_operations(...)
    end,
  },
  on_exit = function(code, signal, client)
    require('sforg.questions').forget(client)
    require('sforg.start').report_exit(code, signal)
  end,
  handlers = {
    ['window/showMessage'] = function(...)
      return require('sforg.messages').show(...)
    end,
    ['window/showMessageRequest'] = function(...)
      return require('sforg.questions').on_request(...)
    end,
    ['sforg/showStatus'] = function(...)
      return require('sforg.own').show_status(...)
    end,
    ['sforg/enterSecret'] = function(...)
      return require('sforg.own').enter_secret(...)
    end,
    ['workspace/codeLens/refresh'] = not vim.lsp.codelens.enable and function(...)
      return require('sforg.attach').on_code_lens_refresh(...)
    end or nil,
  },
}
