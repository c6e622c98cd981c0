-- PRODUCTION. MI Link Failover: repair of the link LINK_Adatum.
-- Run this file on SQLBOX01 (SQL Server, 16.0.4195.2, Enterprise Edition (64-bit)).
-- Plan 060647719b7ced76a81cd78761f2b0f3c8cc3e9c6363984b131e88c13ade3e5e
--
-- Split brain: the link is removed. sqlmi1.a0b1c2.database.windows.net goes on alone, and SQLBOX01 keeps an independent copy that can be written.
--
-- In this order:
-- 1. Delete the link in Azure, which no T-SQL can do: bash failover.sh, or .\failover.ps1. They look at both sides first, want the link's name typed, and do the rest.
-- 2. Where they ended before that: run 3-sql-server-after.sql on SQLBOX01 once the link is gone. It drops what is left of it there.
--
-- THE LINK IS REMOVED.
-- Nothing is discarded: SQLBOX01 and sqlmi1.a0b1c2.database.windows.net each keep what they hold, and neither gets what only the other one has.
-- A deleted link does not come back.
--
-- Every batch checks its own server before it acts. An error 50001 to 50010 says that this batch changed
-- nothing; an error 50020 says that the end is not proved: read both sides before anything else.
GO

USE master;
GO

-- Step 1 of 3, 1-remove-link: Remove the link from Azure
-- Done when: Azure does not know the link any more (404), sqlmi1.a0b1c2.database.windows.net does not show it, and Adatum is READ_WRITE there.
-- Nothing to do here: it runs on Azure.
GO
