-- Salesforce org definition files. The patterns come before Neovim's own "*.json is json".
vim.filetype.add({
  filename = { ['sforg-project.json'] = 'salesforce-org' },
  pattern = { ['.*%.sforg%.json'] = 'salesforce-org' },
})
