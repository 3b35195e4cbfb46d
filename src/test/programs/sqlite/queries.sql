.mode list
.headers on
CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, born INTEGER CHECK (born > 0));
CREATE TABLE book (id INTEGER PRIMARY KEY, author REFERENCES author ON DELETE CASCADE, title TEXT UNIQUE, price REAL, stock INT DEFAULT 0);
INSERT INTO author VALUES (1, 'Ann', 1950), (2, 'bob', 1975), (3, 'Zoë', 1930);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
INSERT INTO book SELECT i, i % 3 + 1, 'Book ' || i, round((i * 7919 % 1000) / 7.0, 2), i % 11 FROM n;
SELECT name, count(*), round(avg(price), 4), min(title), max(title), total(stock), group_concat(DISTINCT stock) FROM author JOIN book ON author.id = book.author GROUP BY name HAVING count(*) > 100 ORDER BY name DESC;
SELECT id, title, rank() OVER (PARTITION BY author ORDER BY price DESC), sum(price) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM book WHERE id <= 12 ORDER BY id;
SELECT a.name, b.title FROM author a LEFT JOIN book b ON b.author = a.id AND b.price > 142 ORDER BY a.id, b.id LIMIT 10;
SELECT abs(-5), hex(zeroblob(3)), upper('straße'), substr('日本語', 2, 1), length('日本語'), instr('banana', 'an'), replace('aaa', 'a', 'bc'), trim('  x '), printf('%08.3f|%-6s|%,d|%x', 3.14159, 'ab', 1234567, 255), typeof(1.0), typeof('1' + 1), 7 / 2, 7 % -3, 7.0 / 2, 1 << 40, ~5, 9223372036854775807 + 1, 1e400, -0.0, 0.1 + 0.2, cast('12abc' AS INTEGER), quote('it''s'), unicode('€'), char(8364);
SELECT date('2024-02-29', '+1 year'), datetime(1709251199, 'unixepoch'), julianday('2000-01-01'), strftime('%W %j %s %f', '2024-02-29 23:59:59.25'), date('2024-01-31', 'start of month', '+1 month', '-1 day', 'weekday 1');
SELECT 'abc' LIKE 'A_c', 'abc' GLOB 'a[b-d]*', 'x' IN (SELECT title FROM book), NULL IS NULL, NULL = NULL, CASE WHEN 1 > 2 THEN 'a' ELSE coalesce(NULL, 'b') END, x'414243', 'é' < 'f' COLLATE NOCASE;
CREATE VIRTUAL TABLE note USING fts4(body);
INSERT INTO note VALUES ('the quick brown fox'), ('jumps over the lazy dog'), ('quick quick');
SELECT rowid, snippet(note, '[', ']') FROM note WHERE note MATCH 'quick OR lazy';
CREATE VIRTUAL TABLE box USING rtree(id, x1, x2);
INSERT INTO box SELECT id, price, price + stock FROM book;
SELECT count(*), min(id) FROM box WHERE x1 > 50 AND x2 < 60;
CREATE TRIGGER sold AFTER UPDATE OF stock ON book WHEN new.stock < 0 BEGIN SELECT raise(ABORT, 'not in stock'); END;
CREATE VIEW cheap AS SELECT * FROM book WHERE price < 5;
CREATE INDEX by_price ON book (price, title) WHERE stock > 0;
EXPLAIN QUERY PLAN SELECT title FROM book WHERE price > 100 AND stock > 0 ORDER BY price;
UPDATE book SET stock = stock - 1 WHERE id = 11;
INSERT INTO book (title) VALUES ('Book 1');
INSERT INTO author VALUES (4, NULL, 1);
BEGIN; DELETE FROM book WHERE id % 2; SAVEPOINT s; DELETE FROM book; ROLLBACK TO s; COMMIT;
SELECT count(*), sum(price), (SELECT count(*) FROM cheap) FROM book;
SELECT json_extract('{"a":[1,{"b":2.50}]}', '$.a[1].b'), json_array(1, 'x', NULL), json_group_array(stock) FROM (SELECT stock FROM book LIMIT 4);
WITH RECURSIVE x(k, s) AS (SELECT 1, '*' UNION ALL SELECT k + 1, s || '*' FROM x WHERE k < 5) SELECT k, s FROM x;
SELECT * FROM missing;
SELECT syntax error;
VACUUM;
PRAGMA integrity_check;
PRAGMA page_count;
.mode csv
SELECT id, title, 'q"uote', NULL FROM book LIMIT 2;
.mode insert
SELECT id, title, x'00ff' FROM book LIMIT 1;
.dump author
