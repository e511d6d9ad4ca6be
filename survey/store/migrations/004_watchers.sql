-- Whoever watches over the work does none of it: until now one person could be both.
UPDATE account SET roles = 'privacy_officer' WHERE roles = 'editor privacy_officer';
