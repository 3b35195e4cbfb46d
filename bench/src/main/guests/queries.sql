CREATE TABLE item (id INTEGER PRIMARY KEY, kind INTEGER, name TEXT, price REAL);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
INSERT INTO item SELECT i, i % 37, 'item ' || (i * 7919 % 20011), (i * 31 % 1000) / 4.0 FROM n;
CREATE INDEX item_name ON item (name);
SELECT kind, count(*), sum(price), min(name), max(name) FROM item GROUP BY kind ORDER BY 3 DESC LIMIT 5;
SELECT count(*) FROM item a JOIN item b ON b.name = 'item ' || a.id WHERE a.kind = 3;
UPDATE item SET price = price * 1.1 WHERE name LIKE '%9%';
SELECT printf('%.3f', sum(price)) FROM item;
DELETE FROM item WHERE id % 3 = 0;
SELECT count(*), avg(length(name)) FROM item;
PRAGMA integrity_check;
