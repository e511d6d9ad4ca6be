-- Staff pages have always called the texts that are read after the close of a wave comments.
ALTER TABLE remark RENAME TO comment;
ALTER TABLE comment RENAME COLUMN remark_id TO comment_id;
