internal import CRdkafka

/// The version of librdkafka that is linked at run time, such as "2.0.2".
package var librdkafkaVersion: String { unsafe String(cString: rd_kafka_version_str()) }
