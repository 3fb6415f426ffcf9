#pragma once
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <malloc.h>

// Enqueues one record by copy. Swift imports no variadic function, and fills C unions clumsily, hence this face of
// rd_kafka_produceva. A null `key` or `value` is a null on the wire; a length of 0 with a pointer is an empty one.
// On success librdkafka owns `headers` (may be null), on failure the caller still does. The caller destroys the error.
static inline rd_kafka_error_t *crdkafka_produce(rd_kafka_t *client, rd_kafka_topic_t *topic, int32_t partition,
                                                 const void *key, size_t key_size, const void *value, size_t value_size,
                                                 rd_kafka_headers_t *headers, int64_t timestamp_millis) {
  rd_kafka_vu_t fields[7];
  size_t count = 0;
  fields[count].vtype = RD_KAFKA_VTYPE_RKT;
  fields[count++].u.rkt = topic;
  fields[count].vtype = RD_KAFKA_VTYPE_PARTITION;
  fields[count++].u.i32 = partition;
  fields[count].vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  fields[count++].u.i = RD_KAFKA_MSG_F_COPY;
  fields[count].vtype = RD_KAFKA_VTYPE_KEY;
  fields[count].u.mem.ptr = (void *)key;
  fields[count++].u.mem.size = key_size;
  fields[count].vtype = RD_KAFKA_VTYPE_VALUE;
  fields[count].u.mem.ptr = (void *)value;
  fields[count++].u.mem.size = value_size;
  fields[count].vtype = RD_KAFKA_VTYPE_TIMESTAMP;
  fields[count++].u.i64 = timestamp_millis;
  if (headers) {
    fields[count].vtype = RD_KAFKA_VTYPE_HEADERS;
    fields[count++].u.headers = headers;
  }
  return rd_kafka_produceva(client, fields, count);
}
