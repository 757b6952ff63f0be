;;; story.el --- the main job in Emacs with eglot  -*- lexical-binding: t -*-
;; SERVER=…/sforg SIMULATOR=…/sforg-simulator emacs --batch -Q -l story.el     (exit code 0: all passed)
;;
;; The configuration is taken from editors/other.md, so that page is tested too.

;; -Q leaves out the file that puts Debian's packages on the load path.
(dolist (dir (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/*"))
  (when (file-directory-p dir) (push dir load-path)))
(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'json)
(require 'project)

(defconst story-root (expand-file-name "../../.." (file-name-directory load-file-name)))
(defconst story-convert "Convert to OAuth 2.0 client credentials")
(defconst story-login "Test Salesforce Login")
(defvar story-passed 0)
(defvar story-failed 0)
(defvar story-questions nil "Prompts of `completing-read', newest first.")
(defvar story-action nil "Title of the code action that the person wants.")

(defun story-say (format-string &rest args)
  (princ (concat (apply #'format format-string args) "\n")))

(defun story-check (ok what &optional got)
  (if ok (cl-incf story-passed) (cl-incf story-failed))
  (story-say (if ok "ok   %s" "FAIL %s (got: %S)") what got)
  ok)

(defun story-look-around ()
  "Ask for a hover, as eldoc does whenever a person moves the cursor.
When the answer to a request comes together with another message, older
versions of jsonrpc.el look at the latter only after the next answer."
  (when-let ((server (and (eglot-managed-p) (eglot-current-server))))
    (jsonrpc-async-request server :textDocument/hover (eglot--TextDocumentPositionParams)
                           :success-fn #'ignore :error-fn #'ignore :timeout-fn #'ignore)))

(defun story-wait-for (what f)
  "Let processes talk until F answers; the limit only guards against hanging."
  (let ((end (+ (float-time) 120)) value)
    (while (and (not (setq value (funcall f))) (< (float-time) end))
      (accept-process-output nil 0.1)
      (story-look-around))
    (story-check value what (unless value (with-current-buffer (messages-buffer) (buffer-string))))
    value))

(defun story-environment (name)
  (or (getenv name) (error "Set %s to the path of the program" name)))

;;; What stands around the test

(defun story-start-simulator ()
  "Start the simulator and return what its first line says."
  (let ((process (make-process :name "simulator" :buffer (generate-new-buffer " *simulator*")
                               :command (list (story-environment "SIMULATOR") "--json" "--until-stdin-closes")
                               :connection-type 'pipe :noquery t)))
    (story-wait-for "the simulator says where it is"
                    (lambda () (with-current-buffer (process-buffer process)
                                 (string-match-p "\n" (buffer-string)))))
    (with-current-buffer (process-buffer process)
      (goto-char (point-min))
      (json-parse-string (buffer-substring (point-min) (line-end-position)) :object-type 'alist))))

(defun story-copy-project (origin)
  "Copy the example project, with ORIGIN in the place of Salesforce's hosts; return its folder."
  (let ((dir (file-name-as-directory (expand-file-name "acme" (make-temp-file "sforg-story" t))))
        (host (string-remove-prefix "http://" origin))
        (coding-system-for-read 'raw-text) (coding-system-for-write 'raw-text))
    (copy-directory (expand-file-name "tests/example-project" story-root) dir nil t t)
    (dolist (file (directory-files-recursively dir "\\.json\\'"))
      (with-temp-buffer
        (insert-file-contents file)
        (while (re-search-forward "https://[a-zA-Z0-9.-]+\\.salesforce\\.com" nil t) (replace-match origin t t))
        (goto-char (point-min))
        (while (re-search-forward "[a-zA-Z0-9-][a-zA-Z0-9.-]*\\.salesforce\\.com" nil t) (replace-match host t t))
        (write-region nil nil file nil 'quiet)))
    dir))

(defun story-evaluate-page ()
  "Evaluate the Emacs Lisp of editors/other.md."
  (with-temp-buffer
    (insert-file-contents (expand-file-name "editors/other.md" story-root))
    (re-search-forward "^```elisp\n")
    (let ((start (point)))
      (re-search-forward "^```$")
      (eval-region start (match-beginning 0)))))

;;; What a person does

(defun story-choose (prompt collection &rest _)
  "Stand in for `completing-read': takes the wanted code action, logs in, upgrades not now."
  (push prompt story-questions)
  (let ((candidates (all-completions "" collection)))
    (cl-some (lambda (wanted) (car (member wanted candidates))) (list story-action "Send" "Not Now"))))

(defun story-run-code-action (title)
  (setq story-action title)
  (let ((last-nonmenu-event t))
    (call-interactively #'eglot-code-actions)))

(defun story-diagnostics ()
  (flymake-start)
  (accept-process-output nil 0.05)
  (flymake-diagnostics))

(defun story-diagnostic (pattern)
  (cl-find-if (lambda (d) (string-match-p pattern (flymake-diagnostic-text d))) (story-diagnostics)))

(defun story-org ()
  (json-parse-string (buffer-string) :object-type 'alist :false-object nil))

(defun story-auth (member)
  (alist-get member (alist-get 'auth (story-org))))

(defun story-type-value (member value)
  (goto-char (point-min))
  (re-search-forward (format "\"%s\": *\"\\([^\"]*\\)\"" member))
  (replace-match value t t nil 1)
  (eglot--signal-textDocument/didChange))

(defun story-messages-after (position)
  (with-current-buffer (messages-buffer) (buffer-substring position (point-max))))

(defun story-message-end ()
  (with-current-buffer (messages-buffer) (point-max)))

;;; The story

(defun story-open (dir file)
  (find-file (expand-file-name file dir))
  (story-check (eq major-mode 'salesforce-org-mode) "mode" major-mode)
  (story-check (memq 'eglot-ensure salesforce-org-mode-hook) "eglot starts with the mode")
  ;; `eglot-ensure' waits for the command loop, which batch mode has not.
  (apply #'eglot (eglot--guess-contact))
  (story-check (eglot-managed-p) "managed by eglot")
  (let ((root (project-root (eglot--project (eglot-current-server)))))
    (story-check (file-equal-p root dir) "the project is the root folder" root))
  (story-check (equal (plist-get (eglot--server-info (eglot-current-server)) :name) "sforg") "server's name"))

(defun story-see-findings ()
  (let ((d (story-wait-for "diagnostic of basic authentication" (lambda () (story-diagnostic "Summer '27")))))
    (when d
      (story-check (equal "\"basic\"" (buffer-substring (flymake-diagnostic-beg d) (flymake-diagnostic-end d)))
                   "it stands under the value of auth.type"
                   (buffer-substring (flymake-diagnostic-beg d) (flymake-diagnostic-end d))))))

(defun story-hover ()
  (goto-char (point-min))
  (search-forward "\"usern")
  (let ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                (eglot--TextDocumentPositionParams))))
    (story-check (string-match-p "Multi-Factor Authentication for API Logins" (format "%s" (eglot--hover-info (plist-get hover :contents)))) "hover" hover)))

(defun story-convert-file ()
  (goto-char (point-min))
  (story-run-code-action story-convert)
  (story-wait-for "auth is rewritten" (lambda () (equal (story-auth 'type) "oauth2-client-credentials")))
  (story-check (equal (story-auth 'clientSecret) "${env:ACME_UAT_CLIENT_SECRET}") "the secret is a reference" (buffer-string))
  (story-check (not (alist-get 'serverHost (story-org))) "serverHost is gone" (buffer-string)))

(defun story-log-in (account origin)
  (story-type-value "instanceUrl" origin)
  (story-type-value "clientId" (alist-get 'clientId account))
  (with-temp-file (expand-file-name "../.env" default-directory)
    (insert "ACME_UAT_CLIENT_SECRET=" (alist-get 'clientSecret account) "\n"))
  (let ((inhibit-message t)) (save-buffer))
  (let ((start (story-message-end)))
    (story-run-code-action story-login)
    (story-wait-for "the login succeeds"
                    (lambda () (string-match-p (regexp-quote (alist-get 'username account)) (story-messages-after start))))
    (story-check (cl-some (lambda (prompt) (string-match-p (regexp-quote (string-remove-prefix "http://" origin)) prompt))
                          story-questions)
                 "the question names the host" story-questions)
    (story-say "%s" (replace-regexp-in-string "^" "     | " (story-messages-after start)))))

(defun story-log-in-with-a-wrong-secret ()
  (let ((wrong (make-string 64 ?0)) (start (story-message-end)))
    (story-type-value "clientSecret" wrong)
    (story-run-code-action story-login)
    (let ((d (story-wait-for "the failed login is a diagnostic" (lambda () (story-diagnostic "not its client secret")))))
      (when d
        (story-check (equal (format "\"%s\"" wrong) (buffer-substring (flymake-diagnostic-beg d) (flymake-diagnostic-end d)))
                     "it stands under clientSecret" (flymake-diagnostic-text d))))
    (story-wait-for "the message names the secret" (lambda () (string-match-p "secret" (story-messages-after start))))
    (story-check (not (string-match-p wrong (story-messages-after start))) "but does not say it")
    (story-type-value "clientSecret" "${env:ACME_UAT_CLIENT_SECRET}")
    (story-wait-for "the diagnostic goes when the member is edited"
                    (lambda () (not (story-diagnostic "not its client secret"))))))

(defun story-complete ()
  (find-file (expand-file-name "new.sforg.json" default-directory))
  (insert "{\n  \"name\": \"New\",\n  \"sand")
  (save-excursion (insert "\n}\n"))
  (eglot--maybe-activate-editing-mode)
  (story-check (eglot-managed-p) "a new file is managed by the same server")
  (eglot--signal-textDocument/didChange)
  (completion-at-point)
  (story-check (string-match-p "\"sandbox\": " (buffer-string)) "completion accepted" (buffer-string))
  (story-check (not (string-match-p "\"\"" (buffer-string))) "without a doubled quote" (buffer-string))
  (set-buffer-modified-p nil))

(defun story ()
  (setq eglot-sync-connect t eglot-autoshutdown nil eglot-send-changes-idle-time 0
        eglot-confirm-server-initiated-edits nil
        flymake-no-changes-timeout 0.1
        make-backup-files nil create-lockfiles nil)
  (story-evaluate-page)
  (setenv "SFORG_TODAY" "2026-11-24")
  (setenv "SFORG_UPGRADE_PROMPT" "off")
  (let* ((hello (story-start-simulator))
         (origin (alist-get 'httpUrl hello))
         (account (cl-find "Acme UAT" (alist-get 'accounts hello)
                           :key (lambda (account) (alist-get 'organizationName account)) :test #'equal))
         (dir (story-copy-project origin)))
    (setf (alist-get 'salesforce-org-mode eglot-server-programs)
          (list (story-environment "SERVER") "lsp" "--allow-login-host" origin))
    (cl-letf (((symbol-function 'completing-read) #'story-choose))
      (story-open dir "orgs/acme-uat.sforg.json")
      (story-see-findings)
      (story-hover)
      (story-convert-file)
      (story-log-in account origin)
      (story-log-in-with-a-wrong-secret)
      (story-complete))
    (let ((server (eglot-current-server)))
      (eglot-shutdown server)
      (story-check (not (jsonrpc-running-p server)) "shut down"))))

(setenv "HOME" (make-temp-file "sforg-home" t))
(condition-case err
    (story)
  (error (story-check nil "the test itself ran to its end" err)))
(story-say "%d passed, %d failed" story-passed story-failed)
(kill-emacs (if (zerop story-failed) 0 1))
;;; story.el ends here
